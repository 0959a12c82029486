package org.concurrentharness.linearizability;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.concurrentharness.explore.Options;
import org.concurrentharness.linearizability.structures.Correct;
import org.concurrentharness.linearizability.structures.Faulty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearizabilityInputTests {
    private static final String HERE = "org.concurrentharness.linearizability.structures.Faulty$";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NoOperations | %s has no operations; annotate with @Operation the methods that threads shall call together.",
                "UnknownArgument | @Operation method %s#add: parameter x is a int for which nothing makes values; annotate it with"
                        + " @Range(from = 1, to = 3) or @Values({...}).",
                "UnknownObject | @Operation method %s#add: parameter x is a StringBuilder for which nothing makes values;"
                        + " annotate it with @Values({...}).",
                "EmptyRange | @Operation method %s#add: parameter x has @Range(from = 3, to = 1), which is empty; from must not be"
                        + " greater than to.",
                "WideRange | @Operation method %s#add: parameter x has a @Range with 128, which is no byte; choose a range that fits"
                        + " into it.",
                "RangeOfText | @Operation method %s#add: parameter x has a @Range but is a String, and a range is one of whole"
                        + " numbers; use @Values.",
                "WrongValue | @Operation method %s#add: parameter x has @Values with \"two\", which is no int; write it as Java would"
                        + " print it.",
                "NoValue | @Operation method %s#add: parameter x has no values at all; name at least one.",
                "Both | @Operation method %s#add: parameter x has both @Range and @Values; remove one of the two.",
                "StaticOperation | @Operation method %s#add must not be static; operations are called on the instance under test.",
                "Abstract | %s cannot be instantiated: it is abstract; name a class that implements it.",
                "NeedsArgument$Inner | %s cannot be instantiated without the class around it, and " + HERE
                        + "NeedsArgument cannot be instantiated: it has no constructor without parameters; add one.",
                "NeedsArgument | %s cannot be instantiated: it has no constructor without parameters; add one.",
                "ThrowingConstructor | %s cannot be instantiated: its constructor throws java.lang.IllegalStateException: not today;"
                        + " mend it, or name another class.",
                "Nondeterministic | %s is not deterministic: called twice by one thread after the same operations, next() returned 1"
                        + " and then 5; results must be equal (by equals) whenever the operations before are, and neither"
                        + " static state nor the time nor random numbers must change them.",
                "LiveView | %s returns a result that changes later, so that it cannot be compared: it was [] when it was"
                        + " returned, and [1] in the end. Return a copy.",
                "GenericCounter | @Operation method " + HERE
                        + "GenericContract#add is abstract, and %s has no method with just"
                        + " these parameter types; annotate the method that implements it.",
            })
    void aClassThatCannotBeCheckedIsRefused(String name, String message) throws ClassNotFoundException {
        Linearizability check = Linearizability.of(Class.forName(HERE + name))
                .options(Options.defaults().seed(42))
                .initialOperations(0)
                .finalOperations(0);

        assertThatThrownBy(check::explore)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        message.formatted(HERE + name).replace("parameter x ", "parameter " + parameter(name) + " "));
    }

    /** The build keeps the names of parameters, and the compiler of an editor may not. */
    private static String parameter(String name) throws ClassNotFoundException {
        return Class.forName(HERE + name).getDeclaredMethods().length == 0
                        || Class.forName(HERE + name).getDeclaredMethods()[0].getParameterCount() == 0
                ? "x"
                : Class.forName(HERE + name)
                        .getDeclaredMethods()[0]
                        .getParameters()[0]
                        .getName();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WithoutMethod | The specification %1$sWithoutMethod has no method add(int), which is an operation of %1$sCounter;"
                        + " add it.",
                "ReturnsNothing | The specification's method %1$sReturnsNothing#add returns nothing, but the operation of"
                        + " %1$sCounter does; make them alike.",
                "LongCounter | The specification's method %1$sLongCounter#add returns long, but the operation of %1$sCounter"
                        + " returns int, and results are compared by equals; make them alike.",
            })
    void aClassThatIsNoSpecificationIsRefused(String name, String message) throws ClassNotFoundException {
        Linearizability check = Linearizability.of(Faulty.Counter.class).specification(Class.forName(HERE + name));

        assertThatThrownBy(check::explore)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message.formatted(HERE));
    }

    @ParameterizedTest
    @CsvSource({"Clock, time", "Dice, roll"})
    void neitherTheTimeNorChanceMayBeAResult(String name, String operation) throws ClassNotFoundException {
        Linearizability check = Linearizability.of(Class.forName(HERE + name));

        assertThatThrownBy(check::explore)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(Pattern.quote(HERE + name)
                        + " is not deterministic: called twice by one thread after the" + " same operations, "
                        + operation + "\\(\\) returned -?\\d+ and then -?\\d+; results must be equal.*");
    }

    @Test
    void whatHasNoEqualsIsNoResult() {
        Linearizability check = Linearizability.of(Faulty.FreshObjects.class);

        assertThatThrownBy(check::explore)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        Pattern.quote(HERE)
                                + "FreshObjects returns what cannot be compared: called twice by one thread after the same operations,"
                                + " fresh\\(\\) returned java\\.lang\\.Object@.* and then java\\.lang\\.Object@.*; java\\.lang\\.Object has"
                                + " no equals, so that each object equals only itself\\. Return a value, or add equals and hashCode\\.");
    }

    @Test
    @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLoopWithoutAnyStepIsSeenNotToEnd() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Linearizability.check(Faulty.SpinsForEver.class))
                .withMessageStartingWith(
                        HERE
                                + "SpinsForEver fails when one thread calls add(), add() in some order: The execution did not end within");
    }

    @Test
    void anErrorIsNoResultOfASpecification() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Linearizability.check(Faulty.Fails.class))
                .withMessage(HERE
                        + "Fails fails when one thread calls add(), add() in some order: java.lang.AssertionError: never"
                        + " called; what an operation may throw is an Exception.");
    }

    @Test
    void anOperationWithoutEndIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Linearizability.check(Faulty.LoopsForEver.class))
                .withMessageStartingWith(
                        HERE + "LoopsForEver fails when one thread calls add(), add() in some order: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cl1-xyz | \"cl1-xyz\" is not the replay token of a linearizability test: such a token begins with \"cl1-\"; copy the"
                        + " whole token from the report.",
                "ch1-H0hSqNTaFwoT039ByJ | \"ch1-H0hSqNTaFwoT039ByJ\" is not the replay token of a linearizability test: such a token"
                        + " begins with \"cl1-\"; copy the whole token from the report.",
                "cl1-t83am4174pfdq-ch1-H0hSqNTaF | The replay token cl1-t83am4174pfdq-ch... is damaged, or belongs to other operations"
                        + " than those of org.concurrentharness.linearizability.structures.Correct$Counter; put it on the test that"
                        + " it was printed for, and if its operations were changed, run it without replay to get a new token.",
            })
    void aTokenThatIsNoneIsRefused(String token, String message) {
        Linearizability check = Linearizability.of(Correct.Counter.class).replay(token);

        assertThatThrownBy(check::explore)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void sizesThatAreImpossibleAreRefused() {
        Linearizability check = Linearizability.of(Correct.Counter.class);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.threads(0))
                .withMessage("threads must be at least 1, but was 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.operations(0))
                .withMessage("operations must be at least 1, but was 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.scenarios(0))
                .withMessage("scenarios must be at least 1, but was 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.initialOperations(-1))
                .withMessage("initialOperations must be from 0 to 10, but was -1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.finalOperations(11))
                .withMessage("finalOperations must be from 0 to 10, but was 11.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.threads(4).operations(3).explore())
                .withMessage(
                        "4 threads of 3 operations can be ordered in 369600 ways, and the specification is run on at most 5000;"
                                + " reduce threads or operations (3 threads of 3, or 2 of 6, are possible).");
    }
}
