/// An example of a workload that the lab does not bring.
@NullMarked
package com.acme;

import org.jspecify.annotations.NullMarked;
