package dev.millrace.console.web;

import org.springframework.http.MediaType;

/**
 * File of the console.
 *
 * @param type what it is
 * @param content its bytes
 * @param tag changes with its content
 */
record Asset(MediaType type, byte[] content, String tag) {

}
