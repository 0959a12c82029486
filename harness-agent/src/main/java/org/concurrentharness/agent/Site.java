package org.concurrentharness.agent;

import org.jspecify.annotations.Nullable;

/**
 * A place in the code where a managed thread does something that others can notice.
 *
 * @param id the number that rewritten code passes to the probe; 0 is reserved for places inside the JDK
 * @param kind what happens here
 * @param className the class, as {@link Class#getName} gives it
 * @param method the method's name
 * @param sourceFile the source file, or null when the class does not tell
 * @param line the line, or 0 when the class does not tell
 * @param target what is acted on, as it reads in a report: {@code AtomicInteger.get}, {@code Account.balance}
 * @param fieldOwner the class that declares the field, or null when this is no field access
 * @param fieldName the field, or null when this is no field access
 * @param isStatic whether the field is static, or the called method takes no receiver
 * @param readOnly whether the call is known not to change its receiver
 * @param location a number for the static field, or for the name of the instance field; equal in every JVM, 0 for calls
 * @param hash a number that is equal in every JVM, whatever was registered before
 * @since 0.1
 */
public record Site(
        int id,
        Kind kind,
        String className,
        String method,
        @Nullable String sourceFile,
        int line,
        String target,
        @Nullable String fieldOwner,
        @Nullable String fieldName,
        boolean isStatic,
        boolean readOnly,
        int location,
        int hash) {

    /** What happens at a site. */
    public enum Kind {
        /** A volatile field is read. */
        VOLATILE_READ,
        /** A volatile field is written. */
        VOLATILE_WRITE,
        /** A plain field is read. */
        READ,
        /** A plain field is written. */
        WRITE,
        /** An array element is read. */
        ARRAY_READ,
        /** An array element is written. */
        ARRAY_WRITE,
        /** A variable is read and written at once, by a handle, an updater or Unsafe. */
        UPDATE,
        /** A fence ({@code VarHandle.acquireFence} and its like). */
        FENCE,
        /** A synchronizing JDK method is called. */
        CALL,
        /** A monitor is entered, by a block or by a method. */
        MONITOR_ENTER,
        /** A monitor is left. */
        MONITOR_EXIT,
        /** {@code Object.wait}. */
        WAIT,
        /** {@code Object.notify} or {@code notifyAll}. */
        NOTIFY,
        /** {@code Thread.sleep}. */
        SLEEP,
        /** {@code Thread.yield} or {@code onSpinWait}. */
        YIELD,
        /** {@code Thread.join}. */
        JOIN,
        /** {@code Thread.isAlive}. */
        ALIVE;

        /** Returns whether this reads a variable and leaves it as it was. */
        public boolean reads() {
            return this == VOLATILE_READ || this == READ || this == ARRAY_READ;
        }

        /** Returns whether this writes a variable, or may do so. */
        public boolean writes() {
            return this == VOLATILE_WRITE || this == WRITE || this == ARRAY_WRITE || this == UPDATE;
        }
    }

    /** Returns the place as a stack trace element. */
    public StackTraceElement element() {
        return new StackTraceElement(className, method, sourceFile, line > 0 ? line : -1);
    }
}
