/** Orders, and their payment, which counts only when its audit record is flushed. */
@NullMarked
package io.asynclog.demo.order;

import org.jspecify.annotations.NullMarked;
