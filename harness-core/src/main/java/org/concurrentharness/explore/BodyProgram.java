package org.concurrentharness.explore;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The program behind a body that was given to {@link Explorer}. */
final class BodyProgram implements Program {
    private final BodyTransfer transfer;
    private final Options options;
    private final List<String> shared;
    private final List<String> names;
    private @Nullable ClassLoader loader;
    private BodyTransfer.@Nullable Arrived arrived;

    BodyProgram(BodyTransfer transfer, Options options, List<String> shared) {
        this.transfer = transfer;
        this.options = options;
        this.shared = shared;
        this.names = IntStream.range(0, options.threads())
                .mapToObj(i -> "actor-" + i)
                .toList();
    }

    @Override
    public String name() {
        return transfer.name();
    }

    @Override
    public ClassLoader loader() {
        ClassLoader current = loader;
        if (current == null) {
            current = new CampaignClassLoader(transfer.parent(), shared, options.inside());
            loader = current;
        }
        return current;
    }

    @Override
    public Body execution() throws Throwable {
        if (options.isolate() && arrived != null) {
            loader = null;
            arrived = null;
        }
        BodyTransfer.Arrived in = arrived;
        if (in == null) {
            in = transfer.into(loader());
            arrived = in;
        }
        if (options.threads() > 1) {
            BodyTransfer.Arrived body = in;
            return () -> together(body.bind());
        }
        return in;
    }

    private @Nullable Object together(Body body) throws Throwable {
        @Nullable Object[] outcomes = Actors.together(names, i -> body.run());
        return outcomes == null || !transfer.hasOutcome() ? null : Arrays.asList(outcomes);
    }
}
