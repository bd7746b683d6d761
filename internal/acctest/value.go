// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Values are arguments or attributes by name, as plain Go values: string, bool, float64, []string, map[string]string,
// []any, map[string]any, nil for null and Unknown.
type Values map[string]any

type unknown struct{}

// Unknown stands for a value that is not known yet.
var Unknown any = unknown{}

// toTerraform makes a value of that type; what is not named in an object is null.
func toTerraform(t *testing.T, want tftypes.Type, value any) tftypes.Value {
	t.Helper()
	switch value := value.(type) {
	case nil:
		return tftypes.NewValue(want, nil)
	case unknown:
		return tftypes.NewValue(want, tftypes.UnknownValue)
	case Values:
		return toObject(t, want.(tftypes.Object), value)
	case map[string]any:
		if object, ok := want.(tftypes.Object); ok {
			return toObject(t, object, value)
		}
		elements := map[string]tftypes.Value{}
		for key, element := range value {
			elements[key] = toTerraform(t, want.(tftypes.Map).ElementType, element)
		}
		return tftypes.NewValue(want, elements)
	case map[string]string:
		elements := map[string]tftypes.Value{}
		for key, element := range value {
			elements[key] = tftypes.NewValue(tftypes.String, element)
		}
		return tftypes.NewValue(want, elements)
	case []string:
		elements := make([]tftypes.Value, 0, len(value))
		for _, element := range value {
			elements = append(elements, tftypes.NewValue(tftypes.String, element))
		}
		return tftypes.NewValue(want, elements)
	case []any:
		elements := make([]tftypes.Value, 0, len(value))
		for _, element := range value {
			elements = append(elements, toTerraform(t, want.(tftypes.Set).ElementType, element))
		}
		return tftypes.NewValue(want, elements)
	case string, bool, float64, int:
		return tftypes.NewValue(want, value)
	default:
		t.Fatalf("%T cannot be a value in a test", value)
		return tftypes.Value{}
	}
}

func toObject(t *testing.T, want tftypes.Object, values map[string]any) tftypes.Value {
	t.Helper()
	for name := range values {
		if _, ok := want.AttributeTypes[name]; !ok {
			t.Fatalf("there is no argument %q", name)
		}
	}
	attributes := map[string]tftypes.Value{}
	for name, attribute := range want.AttributeTypes {
		attributes[name] = toTerraform(t, attribute, values[name])
	}
	return tftypes.NewValue(want, attributes)
}

// fromTerraform makes plain Go values: nil, string, bool, float64, Unknown, []any and map[string]any.
func fromTerraform(t *testing.T, value tftypes.Value) any {
	t.Helper()
	plain, err := plainOf(value)
	if err != nil {
		t.Fatalf("reading a value of the provider: %v", err)
	}
	return plain
}

func plainOf(value tftypes.Value) (any, error) {
	switch {
	case value.IsNull():
		return nil, nil
	case !value.IsKnown():
		return Unknown, nil
	}
	switch value.Type().(type) {
	case tftypes.Object, tftypes.Map:
		var elements map[string]tftypes.Value
		if err := value.As(&elements); err != nil {
			return nil, err
		}
		plain := map[string]any{}
		for name, element := range elements {
			var err error
			if plain[name], err = plainOf(element); err != nil {
				return nil, err
			}
		}
		return plain, nil
	case tftypes.Set, tftypes.List:
		return plainElements(value)
	}
	return plainScalar(value)
}

func plainElements(value tftypes.Value) (any, error) {
	var elements []tftypes.Value
	if err := value.As(&elements); err != nil {
		return nil, err
	}
	plain := make([]any, 0, len(elements))
	for _, element := range elements {
		one, err := plainOf(element)
		if err != nil {
			return nil, err
		}
		plain = append(plain, one)
	}
	if _, ok := value.Type().(tftypes.Set); ok {
		// A set has no order of its own; Terraform shows it sorted.
		slices.SortFunc(plain, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	}
	return plain, nil
}

func plainScalar(value tftypes.Value) (any, error) {
	switch {
	case value.Type().Is(tftypes.Bool):
		var flag bool
		err := value.As(&flag)
		return flag, err
	case value.Type().Is(tftypes.Number):
		var number big.Float
		err := value.As(&number)
		plain, _ := number.Float64()
		return plain, err
	default:
		var text string
		err := value.As(&text)
		return text, err
	}
}
