/// Analyses made by hand, realistic in shape and size, for the tests of everything that shows one.
@NullMarked
package dev.forklab.reports.sample;

import org.jspecify.annotations.NullMarked;
