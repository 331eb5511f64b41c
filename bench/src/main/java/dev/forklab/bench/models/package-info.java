/// How each model's pool is opened, for whoever measures it.
@NullMarked
package dev.forklab.bench.models;

import org.jspecify.annotations.NullMarked;
