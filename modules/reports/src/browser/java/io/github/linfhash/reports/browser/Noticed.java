package io.github.linfhash.reports.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.openqa.selenium.logging.LogEntries;
import org.openqa.selenium.logging.LogEntry;

/**
 * The requests and complaints that a browser logged for its pages.
 *
 * @param requests addresses that they asked for, their own included, whether they were answered or not
 * @param complaints messages in the console: errors of scripts, what the page's own policy refused, and what was not found
 */
public record Noticed(List<String> requests, List<String> complaints) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Reads the browser's two logs. */
    public static Noticed in(LogEntries network, LogEntries console) {
        List<String> requests = new ArrayList<>();
        for (LogEntry entry : network) {
            JsonNode message = parse(entry.getMessage()).path("message");
            if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                requests.add(message.at("/params/request/url").asText());
            }
        }
        List<String> complaints = StreamSupport.stream(console.spliterator(), false)
                .map(LogEntry::getMessage)
                .toList();
        return new Noticed(List.copyOf(requests), complaints);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the browser's log is no JSON: " + json, e);
        }
    }
}
