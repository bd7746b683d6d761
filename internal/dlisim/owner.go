// SPDX-License-Identifier: MPL-2.0

package dlisim

import (
	"net/http"
	"slices"
)

// changeOwner gives a group, a package of a group, or an ungrouped package to
// another IAM user.
func (o *operation) changeOwner() (answer, error) {
	var body struct {
		NewOwner     string `json:"new_owner"`
		GroupName    string `json:"group_name"`
		ResourceName string `json:"resource_name"`
	}
	if err := o.decode(&body); err != nil {
		return answer{}, err
	}
	if !ownerName.MatchString(body.NewOwner) {
		return answer{}, badRequest("new_owner %q is not a user name", body.NewOwner)
	}
	if body.GroupName == "" && body.ResourceName == "" {
		return answer{}, badRequest("group_name or resource_name is required")
	}
	if body.NewOwner != o.config.User && !slices.Contains(o.config.Users, body.NewOwner) {
		return answer{}, o.noSuchUser(body.NewOwner)
	}
	if err := o.giveTo(body.NewOwner, body.GroupName, body.ResourceName); err != nil {
		return answer{}, err
	}
	return answered(http.StatusOK, map[string]any{"is_success": o.behaviour.boolean(true), "message": ""},
		"owner of %s is now %s", reference(body.GroupName, body.ResourceName), body.NewOwner), nil
}

// noSuchUser has the status 404 on the operation's page, and 400 in the table of codes.
func (o *operation) noSuchUser(name string) *refusal {
	r := o.behaviour.absent("No such user. userName:%s.", name)
	r.code = "DLI.0002"
	return r
}

func (o *operation) giveTo(owner, groupName, name string) error {
	if name != "" {
		p := o.world.find(groupName, name, o.now)
		if p == nil {
			return o.behaviour.absent("The package %s does not exist", reference(groupName, name))
		}
		p.Owner = owner
		return nil
	}
	g := o.world.groups[groupName]
	if g == nil {
		return o.behaviour.absent("The group %s does not exist", groupName)
	}
	g.Owner = owner
	if o.behaviour.OwnerChangeReachesPackages {
		for _, p := range g.stored {
			p.Owner = owner
		}
	}
	return nil
}
