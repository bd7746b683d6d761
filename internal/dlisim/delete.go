// SPDX-License-Identifier: MPL-2.0

package dlisim

import "net/http"

// delete removes one package; no call removes a group. Without ?group= it is
// the ungrouped package of that name (inferred).
func (o *operation) delete() (answer, error) {
	if _, err := o.addressed(); err != nil {
		return answer{}, err
	}
	o.world.remove(o.request.Query.Get("group"), o.arguments["name"], o.behaviour.EmptiedGroupVanishes)
	return answered(http.StatusOK, nil, "delete %s", o.reference()), nil
}
