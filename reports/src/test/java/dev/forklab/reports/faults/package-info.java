/// Tests of what runs of faults come to.
@NullMarked
package dev.forklab.reports.faults;

import org.jspecify.annotations.NullMarked;
