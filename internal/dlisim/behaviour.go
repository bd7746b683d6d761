// SPDX-License-Identifier: MPL-2.0

package dlisim

// TagRead is how the service answers a read of a package's tags.
type TagRead int

// The answers to a read of tags that clients have met or must expect.
const (
	TagReadNormal     TagRead = iota
	TagReadNotFound           // 404 DLI.0023
	TagReadBadRequest         // 400 DLI.0001
	TagReadEmpty              // 200 with no tags
)

// Behaviour holds a switch for each thing that the documents leave open or
// contradict each other on. The zero value is the likeliest service.
type Behaviour struct {
	// UploadAnswers200: uploads answer 200, as the documents of 2021 say, instead of 201.
	UploadAnswers200 bool
	// UploadAnswersWholeGroup: an upload answers every package of its group, not only its own.
	UploadAnswersWholeGroup bool
	// UploadAnswersZeroTimes: the details of an upload's answer have times of 0, as in the documented example.
	UploadAnswersZeroTimes bool
	// UUIDUnderlyingNames: underlying_name is <uuid>_<name>, one new uuid for each upload, as it was until 2019.
	UUIDUnderlyingNames bool
	// UploadReplacesGroup: an upload to a group that exists makes the group anew.
	UploadReplacesGroup bool
	// OverwriteDropsTags: a package uploaded again has only the tags of that upload.
	OverwriteDropsTags bool

	// LowerCaseStatus: statuses are in lower case, as one documented example has them.
	LowerCaseStatus bool
	// UnknownStatus, if set, is shown in the place of UPLOADING.
	UnknownStatus string
	// BooleansAsStrings: is_success and is_async are "true" or "false" in answers.
	BooleansAsStrings bool
	// NoTimes: list and show answer times of 0.
	NoTimes bool
	// NoTotal: the listing has no total.
	NoTotal bool
	// ShuffledListing: the listing's arrays are in an order of their own each time.
	ShuffledListing bool
	// HideGroups are groups that the listing leaves out, as it does for want of a grant; show still answers.
	HideGroups []string

	// AbsentIsBadRequest: what is missing is 400 DLI.0002 instead of 404 DLI.0023.
	AbsentIsBadRequest bool
	// EmptiedGroupVanishes: a group goes with its last package instead of staying as an empty shell.
	EmptiedGroupVanishes bool
	// OwnerChangeReachesPackages: a new owner of a group becomes the owner of its packages too.
	OwnerChangeReachesPackages bool

	// TagRead is how a read of tags is answered.
	TagRead TagRead
	// TagCreateKeepsExisting: setting a tag whose key is there keeps the old value.
	TagCreateKeepsExisting bool
	// BulkTagFilter: POST …/resource-instances/filter is there for packages.
	BulkTagFilter bool
}

// SetBehaviour changes the switches while the simulator runs.
func (s *Simulator) SetBehaviour(change func(*Behaviour)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.behaviour)
}
