/** Expected results: their files, and the verdicts as Allure test cases. */
@Internal
@NullMarked
package io.github.linfhash.experiment.regression;

import io.github.linfhash.core.Internal;
import org.jspecify.annotations.NullMarked;
