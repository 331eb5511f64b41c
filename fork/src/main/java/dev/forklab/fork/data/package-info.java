/// What options take and reports give: values that all of the library shares.
@NullMarked
package dev.forklab.fork.data;

import org.jspecify.annotations.NullMarked;
