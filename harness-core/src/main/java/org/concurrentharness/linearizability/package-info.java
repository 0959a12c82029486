/**
 * Linearizability: whether operations that overlap in time always give results that some order of them, one after the other, gives.
 * {@code Operations} reads the class, {@code Scenarios} makes up who calls what, {@code SequentialOrders} runs every order on the
 * specification, {@code ScenarioProgram} is explored and records histories, {@code Linearization} explains them or cannot.
 */
@NullMarked
package org.concurrentharness.linearizability;

import org.jspecify.annotations.NullMarked;
