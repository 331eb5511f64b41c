@NullMarked
package dev.forklab.reports.cost;

import org.jspecify.annotations.NullMarked;
