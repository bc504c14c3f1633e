/** Shows an engine to whoever operates the application: endpoint and live page; needs Actuator. */
@NullMarked
package io.asynclog.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
