package redact

import "testing"

// TestPasswordsAbroad holds that a password is found behind each of its names, as a word of a log, in capitals and as
// the name of a property.
func TestPasswordsAbroad(t *testing.T) {
	for _, sh := range abroadShapes() {
		for _, text := range []string{sh.needle + ": ", "bob " + sh.needle + "=", `"` + sh.needle + `":"`} {
			if got, want := New(false, nil).Text(text+"hunter2"), text+Mark; got != want {
				t.Errorf("%shunter2 becomes %s", text, got)
			}
		}
	}
}
