/** Features and codes in Parquet files. */
@NullMarked
package io.github.linfhash.spark.parquet;

import org.jspecify.annotations.NullMarked;
