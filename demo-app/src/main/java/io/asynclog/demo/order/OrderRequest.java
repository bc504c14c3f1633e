package io.asynclog.demo.order;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** What a client sends to place an order. */
record OrderRequest(
        @NotBlank @Size(max = 100) String customer,
        @NotBlank @Size(max = 100) String item,
        @Min(1) @Max(1000) int quantity) {}
