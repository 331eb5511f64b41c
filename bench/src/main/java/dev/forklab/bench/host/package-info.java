/// What machine this is, what could spoil the numbers, and what a set of processes uses.
///
/// On Linux everything is read from `/proc` and `/sys` directly, under a root that tests replace
/// with a tree of their own. OSHI is loaded only where there is no `/proc`; what it gives is
/// labeled as such.
@NullMarked
package dev.forklab.bench.host;

import org.jspecify.annotations.NullMarked;
