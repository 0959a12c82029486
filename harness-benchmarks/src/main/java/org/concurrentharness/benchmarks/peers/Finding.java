package org.concurrentharness.benchmarks.peers;

import java.util.Optional;

/**
 * What one hunt in one JVM brought; written by that JVM as a line, read by the one that compares.
 *
 * @param found whether the tool told of a bug
 * @param executions how many executions there were
 * @param toBug how many it took to the bug
 * @param millis from the first call of the tool to its answer
 * @param cpuMillis the processor time of the JVM, and of those that it started, meanwhile
 * @param peakKilobytes the most memory that the JVM had at a time, with the largest of those that it started
 * @param startMillis from the start of the process to the first call of the tool
 * @param remark what else the table should tell
 */
record Finding(
        boolean found,
        long executions,
        long toBug,
        double millis,
        double cpuMillis,
        long peakKilobytes,
        double startMillis,
        String remark) {
    private static final String MARK = "FINDING\t";

    String line() {
        return MARK
                + String.join(
                        "\t",
                        Boolean.toString(found),
                        Long.toString(executions),
                        Long.toString(toBug),
                        Double.toString(millis),
                        Double.toString(cpuMillis),
                        Long.toString(peakKilobytes),
                        Double.toString(startMillis),
                        remark.replaceAll("\\s+", " "));
    }

    static Optional<Finding> in(String output) {
        return output.lines()
                .filter(line -> line.startsWith(MARK))
                .map(line -> line.substring(MARK.length()).split("\t", -1))
                .map(part -> new Finding(
                        Boolean.parseBoolean(part[0]),
                        Long.parseLong(part[1]),
                        Long.parseLong(part[2]),
                        Double.parseDouble(part[3]),
                        Double.parseDouble(part[4]),
                        Long.parseLong(part[5]),
                        Double.parseDouble(part[6]),
                        part[7]))
                .findFirst();
    }
}
