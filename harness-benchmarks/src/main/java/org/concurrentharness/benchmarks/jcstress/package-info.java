/** Some of the programs in the form that jcstress runs: it has no form for threads that the code under test starts by itself. */
package org.concurrentharness.benchmarks.jcstress;
