package redact

import (
	"os"
	"strings"
	"testing"
)

// BenchmarkOrdinary redacts a log as they are: what is lost in it is nothing.
func BenchmarkOrdinary(b *testing.B) {
	log, err := os.ReadFile("testdata/kept/OBPatch.log")
	if err != nil {
		b.Fatal(err)
	}
	for name, hide := range map[string]bool{"secrets": false, "users": true} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(log)))
			for b.Loop() {
				New(hide, known).Text(string(log))
			}
		})
	}
}

// BenchmarkHostile redacts a line of 256 KB, the longest that a bundle has, of each of the ways to begin a secret or a
// user and not to go on. What it takes for a byte must be the same for a line of a tenth of that: nothing here looks at
// anything more than a few times.
func BenchmarkHostile(b *testing.B) {
	for name, size := range map[string]int{"25 KB": 25_000, "250 KB": 250_000} {
		b.Run(name, func(b *testing.B) {
			var lines []string
			for _, unit := range hostileUnits() {
				lines = append(lines, strings.Repeat(unit, size/len(unit)))
			}
			b.SetBytes(int64(size * len(lines)))
			for b.Loop() {
				for _, line := range lines {
					New(true, known).Text(line)
				}
			}
		})
	}
}

func hostileUnits() []string {
	units := []string{"[user ", "%25", "%2525", "&amp;", `\\`, `\"`, "`\"", `"`, "'", "“", "A1",
		"a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0\\n",
		strings.Repeat("a", 60) + `\n`, "-----BEGIN X-----", "-----BEGIN X----- ?", "x-----END ",
		"://a:", "://a:@", "a:b@c:",
		"MII", "; a", "a=b;", "net use X: “", "' | convertto-securestring ", `CORP\`, `a\`, Mark, "bob ", "Max "}
	var needles []string
	for _, sh := range shapes {
		needles = append(needles, sh.needle)
	}
	for _, sh := range userShapes {
		needles = append(needles, sh.needle)
	}
	for _, p := range prefixes {
		needles = append(needles, p.begins)
	}
	for _, n := range append(needles, evidence...) {
		for _, after := range []string{"", " ", ":", "=", ": ", "='", "=“", `=c:\`, ": failed ", " “", "x",
			" property. its value is ''"} {
			units = append(units, n+after)
		}
		units = append(units, "<"+n+">", "<"+n+" ", `"`+n, `\`+n+`\`)
	}
	return units
}
