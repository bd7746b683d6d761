// SPDX-License-Identifier: MPL-2.0

package dlisim

import "net/http"

// show answers one package. Without ?group= it is the ungrouped package of that name.
func (o *operation) show() (answer, error) {
	p, err := o.addressed()
	if err != nil {
		return answer{}, err
	}
	return answered(http.StatusOK, o.view(p), "show %s: %s", o.reference(), p.Status), nil
}

// addressed returns the package that the path and ?group= name.
func (o *operation) addressed() (*stored, error) {
	p := o.world.find(o.request.Query.Get("group"), o.arguments["name"], o.now)
	if p == nil {
		return nil, o.behaviour.absent("The package %s does not exist", o.reference())
	}
	return p, nil
}

func (o *operation) reference() string {
	return reference(o.request.Query.Get("group"), o.arguments["name"])
}

// reference is how jobs name a package.
func reference(group, name string) string {
	if group == "" {
		return name
	}
	return group + "/" + name
}
