package bundle

import (
	"cmp"
	"fmt"
	"strings"

	"marsfix/steps/redact"
	"marsfix/steps/report"
	"marsfix/steps/screen"
)

const manifestName = "MANIFEST.txt"

// manifest is the bundle's own account of what is in it and what is not.
type manifest struct {
	bundle Bundle
	inside strings.Builder
	absent strings.Builder
}

func (m *manifest) add(it Item, note string, removed int) {
	if it.Missing {
		fmt.Fprintf(&m.absent, "  %s\r\n    %s\r\n", it.Name, strings.TrimPrefix(it.From+": "+note, ": "))
		return
	}
	from := "from " + it.From
	if it.From == "" { // what was planned is what was made
		from, note = "made by marsfix", cmp.Or(note, it.Note)
	}
	fmt.Fprintf(&m.inside, "  %s\r\n    %s\r\n", it.Name, from)
	if note != "" {
		fmt.Fprintf(&m.inside, "    %s\r\n", note)
	}
	if removed > 0 {
		fmt.Fprintf(&m.inside, "    %s removed\r\n", screen.Count(int64(removed), "secret or name", "secrets or names"))
	}
}

func (m *manifest) text(red *redact.Redactor) string {
	b := m.bundle
	var t strings.Builder
	fmt.Fprintf(&t, "Support bundle of marsfix %s for Microsoft KB 4020490\r\n", b.options.Version)
	fmt.Fprintf(&t, "computer %s, %s\r\n", b.computer, cmp.Or(b.about.System, "unknown system"))
	fmt.Fprintf(&t, "made %s\r\n\r\n", report.Stamp(b.options.Now))
	fmt.Fprintf(&t, "In this zip (logs are converted to UTF-8, and at most %s of each is included)\r\n",
		screen.Size(logCap))
	t.WriteString(m.inside.String())
	if m.absent.Len() > 0 {
		t.WriteString("\r\nNot in this zip\r\n" + m.absent.String())
	}
	t.WriteString("\r\nRemoved: the passwords, tokens and keys that marsfix recognised (each is now \"" +
		redact.Mark + "\")")
	if b.options.HideUsers {
		t.WriteString("; user names (\"[user 1]\", the same number for the same user)")
	} else {
		t.WriteString(". User names are still in it")
	}
	t.WriteString(".\r\nCheck the files before you send them.\r\n")
	return m.clean(t.String(), red)
}

// clean makes every line fit to be shown.
func (m *manifest) clean(text string, red *redact.Redactor) string {
	lines := strings.Split(text, "\r\n")
	for i := range lines {
		lines[i] = red.Text(screen.CleanText(lines[i]))
	}
	return strings.Join(lines, "\r\n")
}
