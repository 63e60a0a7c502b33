package redact

import (
	"os"
	"strings"
	"testing"
)

var known = []string{"bob", "Max Mueller", "Jürgen Groß", "O'Brien", "backup"}

// TestUsers holds the table of users: who is named goes, who is nobody stays, and all stay where nobody asked for it.
func TestUsers(t *testing.T) {
	b, err := os.ReadFile("testdata/users.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		var text, want strings.Builder
		for rest := line; rest != ""; {
			before, marked, ok := strings.Cut(rest, "⟦")
			text.WriteString(before)
			want.WriteString(before)
			if !ok {
				break
			}
			number, marked, _ := strings.Cut(marked, ":")
			name, after, ok := strings.Cut(marked, "⟧")
			if !ok {
				t.Fatalf("%q does not end", line)
			}
			lines++
			text.WriteString(name)
			want.WriteString("[user " + number + "]")
			rest = after
		}
		red := New(true, known)
		if got := red.Text(text.String()); got != want.String() {
			t.Errorf("%s\n got %s\nwant %s", text.String(), got, want.String())
		}
		if again := red.Text(want.String()); again != want.String() {
			t.Errorf("a second time %s\n becomes %s", want.String(), again)
		}
		if got := New(false, known).Text(text.String()); got != text.String() {
			t.Errorf("not asked for: %s\n becomes %s", text.String(), got)
		}
	}
	if lines < 50 {
		t.Errorf("%d names are too few", lines)
	}
}

// TestUsersKeepTheirNumbers tells that one stays the same user over a whole bundle, and others are others.
func TestUsersKeepTheirNumbers(t *testing.T) {
	red := New(true, []string{"bob"})
	for _, step := range [][2]string{
		{`C:\Users\carl\x`, `C:\Users\[user 2]\x`},
		{`C:\Users\dora\x`, `C:\Users\[user 3]\x`},
		{`C:\Users\BOB\x CORP\Carl`, `C:\Users\[user 1]\x CORP\[user 2]`},
		{`user=dora /pw:x1`, `user=[user 3] /pw:[removed]`},
	} {
		if got := red.Text(step[0]); got != step[1] {
			t.Errorf("%s\n got %s\nwant %s", step[0], got, step[1])
		}
	}
	if red.Removed() != 6 {
		t.Errorf("%d are counted, want 6", red.Removed())
	}
}
