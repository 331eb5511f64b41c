@NullMarked
package com.acme.fork;

import org.jspecify.annotations.NullMarked;
