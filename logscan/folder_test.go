package logscan

import "testing"

// Collectors and copies put something behind the folder; what may be part of its name stays.
func TestFolderWithoutWhatFollows(t *testing.T) {
	const folder = `C:\7cca55705e629aa21867f85e67`
	for text, want := range map[string]string{
		folder: folder,
		folder + `]LOG]!><time="16:36:58.4" date="09-25-2026" component="x" context="" type="1" thread="1" file="">`: folder,
		folder + `\]LOG]!><time="16:36:58.4">`:                folder,
		folder + "\t0\tNORMAL":                                folder,
		folder + `","NORMAL"`:                                 folder,
		`"` + folder + `","NORMAL"`:                           folder,
		folder + `"}`:                                         folder,
		folder + `</td><td>x</td>`:                            folder,
		folder + ` (opened)`:                                  folder,
		folder + `, thread 7`:                                 folder,
		folder + `;`:                                          folder,
		`C:\\7cca55705e629aa21867f85e67\r\n"`:                 folder,
		`C:\\7cca55705e629aa21867f85e67\r\n1A2C\t0B4C\t07/26`: folder,
		folder + "\r1A2C\t0B4C":                               folder,
		`C:\\1f2e3d4c\notes`:                                  `C:\1f2e3d4c\notes`,
		`C:\\7cca55705e629aa21867f85e67\n`:                    folder,
		folder + `.`:                                          folder,
		folder + `&nbsp;`:                                     folder,
		"`" + folder + "`":                                    folder,
		"<" + folder + ">":                                    folder,
		"“" + folder + "”":                                    folder,
		"(" + folder + ")":                                    folder,
		folder + `**`:                                         folder,
		folder + `[/code]`:                                    folder,
		folder + ` | 5 | x`:                                   folder,
		folder + `\ |`:                                        folder,
		folder + `\<br />`:                                    folder,
		folder + "\x1b[0m":                                    folder,
		`C:\Temp\x` + "\x1b[0m":                               `C:\Temp\x`,
		folder + `\a`:                                         folder + `\a`,
		`C:\Temp\Setup of the agent`:                          `C:\Temp\Setup of the agent`,
		`C:\7cca55705e629aa21867f85e67 (2)\Setup of the agent`: `C:\7cca55705e629aa21867f85e67 (2)\Setup of the agent`,
		`C:\1f2e3d4c\n`:    `C:\1f2e3d4c\n`, // a folder n
		`C:\cafe (1)`:      `C:\cafe (1)`,   // nobody's random name
		folder + `:stream`: "",
		folder + `|x`:      "",
		`C:\1f"2e\x`:       "",
		`\\srv\x]LOG]!>`:   "",
		`]LOG]!>`:          "",
		"":                 "",
	} {
		if got := cleanFolder(logged(text)); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}
