package winmachine

import "strings"

// overShares are arguments (--name=PATH, or a path alone) with every drive letter that was mapped replaced by where it
// leads. Letters are mapped for one logon session, and an elevated program has another one, which does not see them
// (https://learn.microsoft.com/troubleshoot/windows-client/networking/mapped-drives-not-available-from-elevated-command).
// behind tells where "Z:" leads, empty for a drive that everybody sees.
func overShares(args []string, behind func(drive string) string) []string {
	out := make([]string, len(args))
	for i, arg := range args {
		name, path := "", arg
		if strings.HasPrefix(arg, "--") {
			at := strings.IndexByte(arg, '=') + 1
			name, path = arg[:at], arg[at:]
		}
		out[i] = name + overShare(path, behind)
	}
	return out
}

func overShare(path string, behind func(drive string) string) string {
	if len(path) < len(`C:\`) || path[1:3] != `:\` {
		return path
	}
	to := behind(path[:2])
	if to == "" {
		return path
	}
	return strings.TrimRight(to, `\`) + path[2:]
}

// substituted is the folder or share that a drive letter of its own stands for (subst), from the device that Windows
// has for it; empty for any other device.
func substituted(device string) string {
	to, ok := strings.CutPrefix(device, `\??\`)
	if !ok {
		return ""
	}
	if share, ok := strings.CutPrefix(to, `UNC\`); ok {
		return `\\` + share
	}
	return to
}
