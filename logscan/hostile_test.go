package logscan

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// hostileTexts are what somebody may fill a log with so that looking at it takes long: needles, pieces of them, and all
// that stands about them.
var hostileTexts = map[string]func(i int) string{
	"nothing but a needle": func(int) string { return fragments[2] },
	"one name":             func(int) string { return fragments[0] },
	"names": func(i int) string {
		return fmt.Sprintf("Warning: Local cached package 'C:\\Windows\\Installer\\%x.msi'", i)
	},
	"open names": func(i int) string {
		return fmt.Sprintf("Warning: Local cached package 'C:\\Windows\\Installer\\%x.msi", i)
	},
	"wrong names": func(i int) string {
		return fmt.Sprintf("Warning: Local cached package 'C:\\Temp\\%x.msi'",
			i)
	},
	"names far apart": func(i int) string {
		return fmt.Sprintf("%*sWarning: Local cached package '%x'",
			500+i%3000, "", i)
	},
	"all needles": func(i int) string { return string(patchSearch.get().needles[i*5%6]) },
	"all needles, quoted": func(i int) string {
		return string(patchSearch.get().needles[i*5%6]) + " '" +
			fmt.Sprint(i) + "'"
	},
	"a needle in 40 bytes": func(i int) string { return fmt.Sprintf("%-40.40s", patchSearch.get().needles[i%3]) },
	"returns":              func(int) string { return "MainEngineThread is returning 1612" },
	"headers":              func(int) string { return fragments[19] },
	"stamped":              func(int) string { return "[09:27:14:308]" + fragments[2] },
	"brackets":             func(int) string { return strings.Repeat("[", 50) + fragments[2] },
	"not ASCII":            func(int) string { return "é" + fragments[2] + "上" },
	"NULs":                 func(int) string { return fragments[2] + "\x00\x00" },
	"nearly a needle":      func(i int) string { n := patchSearch.get().needles[i%6]; return string(n[:len(n)-1]) },
	"words of needles":     func(i int) string { return string(patchSearch.get().needles[i%6][:8+i%8]) },
	"folders": func(i int) string {
		return fmt.Sprintf("0AB0\t0974\t08/04\t13:16:29.206\t%s: C:\\%x", setupSearch.get().needles[0], i)
	},
	"wrong folders": func(i int) string {
		return fmt.Sprintf("%s: \\\\srv\\%x",
			setupSearch.get().needles[0], i)
	},
	"nothing but the words": func(int) string { return string(setupSearch.get().needles[0]) },
	"stamps": func(int) string {
		return strings.Repeat("0AB0\t0974\t08/04\t13:16:29.206\t", 4) + string(setupSearch.get().needles[0])
	},
}

// Each byte of a log is looked at and decoded a few times at most, however many needles stand in a line, and no more
// lines are decoded than are kept.
func TestHostileLogsCostWhatOrdinaryOnesCost(t *testing.T) {
	size := 4 << 20
	if raced {
		size = 1 << 20
	}
	turn := 0
	for _, name := range slices.Sorted(maps.Keys(hostileTexts)) {
		text := hostileTexts[name]
		for n, m := range modes {
			for e, end := range []string{"", "\r\n"} {
				// each text in one of the six, and each of the six with a sixth of the texts
				if (2*n+e+turn)%6 != 0 && (!everything() || raced) {
					continue
				}
				data := filled(size, m, text, end)
				for kind, s := range scans(t, data) {
					size := int64(size)
					chunks := size/chunkSize + 1
					if s.looked > 2*size || s.decoded > 4*size || s.lines > 3*MaxNamed*chunks {
						t.Errorf("%s, %s, mode %v, ends %q: in %d bytes line ends were looked for in %d, %d were decoded, and %d lines", name, kind, m, end,
							size, s.looked, s.decoded, s.lines)
					}
				}
			}
		}
		turn++
	}
}

// everything reports whether this run has to hold all there is, as before a change lands.
func everything() bool { return os.Getenv("CI") == "true" }

// filled is a log of the size given, full of texts.
func filled(size int, m mode, text func(int) string, end string) []byte {
	data := append(make([]byte, 0, size+chunkSize), encodeAs("\uFEFF", m)...)
	for i := 0; len(data) < size; i++ {
		data = append(data, encodeAs(text(i)+end, m)...)
	}
	return data
}

// scans are what scanning a log as the one and as the other took.
func scans(t *testing.T, data []byte) map[string]spent {
	t.Helper()
	patch := newScanner(bytes.NewReader(data), int64(len(data)), patchSearch.get(), nil)
	if _, err := scanPatch(t.Context(), patch, PatchOptions{Windows: windows}); err != nil {
		t.Fatal(err)
	}
	setup := newScanner(bytes.NewReader(data), int64(len(data)), setupSearch.get(), nil)
	if _, err := scanSetup(t.Context(), setup, SetupOptions{Written: time.Unix(1722770000, 0), Since: -1}); err != nil {
		t.Fatal(err)
	}
	return map[string]spent{"patch": patch.spent, "setup": setup.spent}
}
