// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"strconv"
	"strings"
	"time"
)

// packageView is a package in the answers of list and show.
type packageView struct {
	CreateTime     int64  `json:"create_time"`
	UpdateTime     int64  `json:"update_time"`
	ResourceType   string `json:"resource_type"`
	ResourceName   string `json:"resource_name"`
	Status         string `json:"status"`
	UnderlyingName string `json:"underlying_name"`
	Owner          string `json:"owner"`
}

func (o *operation) view(p *stored) packageView {
	return packageView{
		CreateTime:     o.behaviour.millis(p.Created),
		UpdateTime:     o.behaviour.millis(p.Updated),
		ResourceType:   p.Kind,
		ResourceName:   p.Name,
		Status:         o.behaviour.status(p.Status),
		UnderlyingName: p.UnderlyingName,
		Owner:          p.Owner,
	}
}

// millis is the API's form of a time: Unix milliseconds, 0 for none.
func (b Behaviour) millis(t time.Time) int64 {
	if b.NoTimes || t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func (b Behaviour) status(status string) string {
	if status == StatusUploading && b.UnknownStatus != "" {
		status = b.UnknownStatus
	}
	if b.LowerCaseStatus {
		return strings.ToLower(status)
	}
	return status
}

// boolean is a JSON boolean, or what the documented examples print in its place.
func (b Behaviour) boolean(value bool) any {
	if b.BooleansAsStrings {
		return strconv.FormatBool(value)
	}
	return value
}
