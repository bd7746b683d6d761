// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"net/http"

	"github.com/terraform-provider-dli/terraform-provider-dli/internal/dlisim"
)

// throttled is what the gateway answers to too many requests.
const throttled = `{"error_msg":"The throttling threshold has been reached: policy user over ratelimit","error_code":"APIGW.0308"}`

// measureThrottling measures what one throttled request adds to a plan.
func (b *bench) measureThrottling(ctx context.Context) error {
	cloud, w, err := b.applied(ctx, "throttling", 1, synchronous)
	if err != nil {
		return err
	}
	defer cloud.close()
	b.say("one 429")
	var with, without []cost
	for range b.runs {
		calm, err := w.run(ctx, plan)
		if err != nil {
			return err
		}
		cloud.Inject(dlisim.Fault{Operation: dlisim.OpList, Status: http.StatusTooManyRequests, Body: throttled, Times: 1})
		struck, err := w.run(ctx, plan)
		if err != nil {
			return err
		}
		without, with = append(without, calm), append(with, struck)
	}
	b.table.add("one 429: added to a plan", seconds(medianCost(with).wall-medianCost(without).wall), "≤ 3 s")
	return nil
}
