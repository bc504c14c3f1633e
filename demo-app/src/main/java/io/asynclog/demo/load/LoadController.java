package io.asynclog.demo.load;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The load generator over HTTP. */
@RestController
class LoadController {
    private final LoadGenerator generator;

    LoadController(LoadGenerator generator) {
        this.generator = generator;
    }

    @PostMapping("/load")
    LoadReport load(
            @RequestParam(defaultValue = "1000000") @Min(1) @Max(100_000_000) long records,
            @RequestParam(defaultValue = "4") @Min(1) @Max(256) int threads)
            throws InterruptedException {
        LoadReport report = generator.run(records, threads);
        if (report == null) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "A load is under way.");
        }
        return report;
    }
}
