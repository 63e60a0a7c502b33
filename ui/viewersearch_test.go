package ui

import (
	"strings"
	"testing"
)

func TestViewerSearches(t *testing.T) {
	t.Parallel()
	m := viewing(t, numbered(5000))
	at := func() string {
		for _, l := range shown(m) {
			if strings.HasPrefix(l, " >") {
				_, text, _ := strings.Cut(l, "line ")
				return strings.Fields(text)[0]
			}
		}
		return ""
	}
	m.keysFor("/")
	if !strings.Contains(m.View(), searchFor) {
		t.Fatalf("no field to type in:\n%s", m.View())
	}
	m.keysFor("needlx", "backspace", "e", "enter")
	for _, way := range []struct{ key, want string }{{"", "3000"}, {"n", "4000"}, {"N", "3000"}, {"N", "2000"},
		{"n", "3000"}, {"n", "4000"}, {"n", "5000"}, {"n", "5000"}} {
		if way.key != "" {
			m.keysFor(way.key)
		}
		if got := at(); got != way.want {
			t.Fatalf("after %q at line %q, want %s:\n%s", way.key, got, way.want, m.View())
		}
	}
	if !strings.Contains(m.View(), atEnd) {
		t.Errorf("the end of what can be found is not said:\n%s", m.View())
	}
	m.keysFor("/", "zz", "esc")
	if m.over == nil || strings.Contains(m.View(), searchFor) {
		t.Error("esc in the field does not close the field alone")
	}
}
