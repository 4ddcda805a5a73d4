/** Expected results: their files, their history in the changelog, and the verdicts as Allure test cases. */
@NullMarked
package io.github.linfhash.experiment.regression;

import org.jspecify.annotations.NullMarked;
