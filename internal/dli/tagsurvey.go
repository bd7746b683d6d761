// SPDX-License-Identifier: MPL-2.0

package dli

import (
	"context"
	"maps"
	"net/http"
	"strconv"
	"time"
)

// surveyPatience bounds one attempt of a page: less than for calls that nothing can replace, so that a survey that hangs
// leaves time to ask for the tags of each package.
const surveyPatience = 20 * time.Second

// surveyWire is one page of the answer that shows resources with their tags.
type surveyWire struct {
	Total     int `json:"total_count"`
	Resources []struct {
		ID   string    `json:"resource_id"`
		Tags []tagWire `json:"tags"`
	} `json:"resources"`
}

// surveyFilterWire asks for resources whatever their tags.
type surveyFilterWire struct {
	WithoutAnyTag bool      `json:"without_any_tag"`
	Tags          []tagWire `json:"tags"`
}

// RecentTags reads the tags of one package as recent as [Client.Group] reads the group: out of one paged call for all
// packages of the project, like the listing. That this call knows packages, and by which ids, is not documented: a
// package that it does not show, and every package where it fails, is asked for alone.
func (c *Client) RecentTags(ctx context.Context, group, name string) (map[string]string, error) {
	if !c.noSurvey.Load() {
		survey, err := c.survey.recent(ctx, group)
		if err == nil {
			if tags, ok := survey.shown[tagID(group, name)]; ok {
				return maps.Clone(tags), nil
			}
		}
	}
	return c.ReadTags(ctx, group, name)
}

// surveyTags reads the tags of every package of the project, by the ids of the packages. A survey that fails after all its
// attempts is the last one: who was on the way to another meanwhile gets one that shows nothing.
func (c *Client) surveyTags(ctx context.Context) (map[string]map[string]string, error) {
	if c.noSurvey.Load() {
		return nil, nil
	}
	survey, err := c.pagesOfTags(ctx)
	if err != nil && ctx.Err() == nil {
		c.noSurvey.Store(true)
	}
	return survey, err
}

func (c *Client) pagesOfTags(ctx context.Context) (map[string]map[string]string, error) {
	survey := map[string]map[string]string{}
	for offset := 0; ; offset += tagPage {
		known := len(survey)
		var page surveyWire
		err := c.do(ctx, call{
			method: http.MethodPost,
			url: c.url("v3", "dli_package_resource", "resource-instances", "filter") +
				"?limit=" + strconv.Itoa(tagPage) + "&offset=" + strconv.Itoa(offset),
			body:       surveyFilterWire{Tags: []tagWire{}},
			repeatable: true,
			patience:   surveyPatience,
		}, &page)
		if err != nil {
			return nil, err
		}
		for _, resource := range page.Resources {
			tags := make(map[string]string, len(resource.Tags))
			for _, tag := range resource.Tags {
				tags[tag.Key] = tag.Value
			}
			survey[resource.ID] = withoutSystemTags(tags)
		}
		// A service that takes no notice of the offset sends the same page for ever.
		if len(page.Resources) < tagPage || len(survey) == known || len(survey) == page.Total {
			return survey, nil
		}
	}
}

// tagID names a package to the tag calls. The form is not documented: other clients use it.
func tagID(group, name string) string {
	return group + "#" + name
}
