package io.github.linfhash.spark.program;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests that share a session with two threads. */
public abstract class OnLocalSpark {
    @SuppressWarnings("NullAway.Init")
    static SparkSession session;

    @SuppressWarnings("NullAway.Init")
    static JavaSparkContext context;

    @BeforeAll
    static void start() {
        session = SparkSession.builder()
                .master("local[2]")
                .appName("test")
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 3)
                .getOrCreate();
        context = JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    protected static JavaSparkContext context() {
        return context;
    }

    protected static SparkSession session() {
        return session;
    }

    @AfterAll
    static void stop() {
        session.stop();
    }
}
