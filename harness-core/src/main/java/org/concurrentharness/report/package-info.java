/**
 * Reports of failures and campaigns: console, HTML and JSON.
 * Reads results and never steers an exploration.
 */
@NullMarked
package org.concurrentharness.report;

import org.jspecify.annotations.NullMarked;
