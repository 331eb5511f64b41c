/// What a message is as bytes: `json`, Node's default, or binary.
@NullMarked
package dev.forklab.fork.codec;

import org.jspecify.annotations.NullMarked;
