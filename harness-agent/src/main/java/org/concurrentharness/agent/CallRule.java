package org.concurrentharness.agent;

/**
 * What becomes of a call.
 *
 * @param form how it is rewritten
 * @param kind the kind of its site
 * @param owner the class that the probe's method stands for, or that a report names
 * @param probe the probe's method
 * @param takesSite whether a replacing method takes a site as its last argument
 */
record CallRule(Form form, Site.Kind kind, String owner, String probe, boolean takesSite) {
    /** How a call is rewritten. */
    enum Form {
        /** The probe hears of the call before it happens, and mostly of its result. */
        POINT,
        /** The probe hears of the access of a variable before it happens. */
        ACCESS,
        /** The probe hears of a fence before it. */
        FENCE,
        /** The probe is called in place of it, with the same stack and perhaps a site. */
        REPLACE
    }

    static CallRule point(String owner) {
        return new CallRule(Form.POINT, Site.Kind.CALL, owner, "call", true);
    }

    static CallRule access(Site.Kind kind, String owner) {
        return new CallRule(Form.ACCESS, kind, owner, "", true);
    }

    static CallRule fence(String owner) {
        return new CallRule(Form.FENCE, Site.Kind.FENCE, owner, "fence", true);
    }

    static CallRule maybe(String owner) {
        return new CallRule(Form.POINT, Site.Kind.CALL, owner, "callMaybe", true);
    }

    static CallRule collection(String owner) {
        return new CallRule(Form.POINT, Site.Kind.CALL, owner, "collection", true);
    }

    static CallRule synchronizedPoint(String owner) {
        return new CallRule(Form.POINT, Site.Kind.CALL, owner, "callSynchronized", true);
    }

    static CallRule replace(Site.Kind kind, String owner, String probe) {
        return new CallRule(Form.REPLACE, kind, owner, probe, true);
    }

    static CallRule replaceQuietly(String owner, String probe) {
        return new CallRule(Form.REPLACE, Site.Kind.CALL, owner, probe, false);
    }
}
