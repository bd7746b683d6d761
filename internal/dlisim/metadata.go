// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"net/http"
	"time"
)

const (
	metadataToken = "simulatorMetadataToken"
	// metadataKeyLife is how long the keys of an instance last (inferred).
	metadataKeyLife = 24 * time.Hour
)

// giveMetadataToken answers the instance that the simulator runs on, in its own form: plain text.
func (o *operation) giveMetadataToken() (answer, error) {
	if o.request.Header.Get("X-Metadata-Token-Ttl-Seconds") == "" {
		return answer{}, &refusal{status: http.StatusBadRequest, code: "400", message: "X-Metadata-Token-Ttl-Seconds is missing"}
	}
	given := answered(http.StatusOK, nil, "a metadata token")
	given.header.Set("Content-Type", "text/plain")
	given.body = []byte(metadataToken)
	return given, nil
}

// securityKey gives the keys of the instance's agency. A token is optional, but one that is sent must be right
// (inferred from the vendor's SDK).
func (o *operation) securityKey() (answer, error) {
	if token := o.request.Header.Get("X-Metadata-Token"); token != "" && token != metadataToken {
		return answer{}, &refusal{status: http.StatusUnauthorized, code: "401", message: "the metadata token is not valid"}
	}
	return issuedAnswer(http.StatusOK, o.issue(metadataKeyLife, o.now)), nil
}
