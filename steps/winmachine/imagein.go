package winmachine

import "strings"

// imageIn is the program in a service's command line: what stands in quotes, else what goes up to ".exe", else the
// first word.
func imageIn(command string) string {
	command = strings.TrimSpace(command)
	if rest, quoted := strings.CutPrefix(command, `"`); quoted {
		image, _, _ := strings.Cut(rest, `"`)
		return image
	}
	if i := strings.Index(strings.ToLower(command), ".exe"); i >= 0 {
		return command[:i+len(".exe")]
	}
	image, _, _ := strings.Cut(command, " ")
	return image
}
