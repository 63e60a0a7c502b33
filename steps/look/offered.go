package look

import "strings"

// OfferedAt says where the installer of a lost file can be had: an update has an article of its own, at
// https://support.microsoft.com/help/ and its number, and the agent's download is always its newest version.
func OfferedAt(l LostFile) string {
	if kb := kbNumber(l.Name); kb != "" {
		return "https://support.microsoft.com/help/" + kb
	}
	return "newest: https://aka.ms/azurebackup_agent; older: Microsoft Support"
}

// kbNumber is the number of the article that a name has as "KB" and six or more digits; empty where it has none.
func kbNumber(name string) string {
	const enough = 6
	for rest := strings.ToUpper(name); ; {
		_, after, found := strings.Cut(rest, "KB")
		if !found {
			return ""
		}
		digits := len(after) - len(strings.TrimLeft(after, "0123456789"))
		if digits >= enough {
			return after[:digits]
		}
		rest = after
	}
}
