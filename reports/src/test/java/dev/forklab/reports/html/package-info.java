@NullMarked
package dev.forklab.reports.html;

import org.jspecify.annotations.NullMarked;
