@NullMarked
package dev.forklab.reports.units;

import org.jspecify.annotations.NullMarked;
