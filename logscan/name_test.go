package logscan

import "testing"

// What copies make of a cached package's path is told from paths that never were one.
func TestRestored(t *testing.T) {
	for path, want := range map[string]string{
		`\u0027C:\\Windows\\Installer\\3f2a91.msi\u0027 is missing.\n"`: "3f2a91",
		`&#39;C:\Windows\Installer\3f2a91.msi&#39; is missing.`:         "3f2a91",
		`=27C:\Windows\Installer\3f2a91.msi=27 is missing.`:             "3f2a91",
		"\u2018C:\\Windows\\Installer\\3f2a91.msi\u2019 is missing.":    "3f2a91",
		"C:\\Windows\\Installer\\\u00a03f2a91.msi":                      "3f2a91",
		"C:\\Windows\\\u200bInstaller\\3f2a91.msi":                      "3f2a91",
		`C:/Windows/Installer/3f2a91.msi`:                               "3f2a91",
		`C:WindowsInstaller3f2a91.msi`:                                  "3f2a91",
		`"C:\Windows\Installer\3f2a91.msi" is missing.`:                 "3f2a91",
		`\'C:\\Windows\\Installer\\3f2a91.msi\' is missing.`:            "3f2a91",
		`#047C:\Windows\Installer\3f2a91.msi#047 is missing.`:           "3f2a91",
		`C:\Windows\Installer\**3f2a91**.msi`:                           "3f2a91",
		"\u202aC:\\Windows\\Installer\\3f2a91\u2060.msi":                "3f2a91",
		"C:\\Windows\\Installer\\３f２a９１.msi":                            "3f2a91",
		`C:\Windows\`:             "?",
		`C:\Windows\Installer\3f`: "?",
		`C:\Win=`:                 "?",

		`\\host\share\3f2a91.msi`:               "",
		`C:\Windows\Installer\..\evil.msi`:      "",
		`C:\Windows\Installer\evil.msi`:         "",
		`C:\Windows\Installer\3f2a91.msi:x.msi`: "",
		`C:\Temp\3f2a91.msi`:                    "",
		`C:WindowsInstaller.msi`:                "",
		`C:WindowsInstaller`:                    "",
		"":                                      "",
		"'":                                     "",
	} {
		if got := Restored(path, windows); got != want {
			t.Errorf("%q gives %q, want %q", path, got, want)
		}
	}
}

// A name that somebody or a viewer has hidden is told from one that only looks odd.
func TestIsHidden(t *testing.T) {
	for path, want := range map[string]bool{
		`C:\Windows\...\3f2a91.msi`: true, `C:\Windows\Installer\3f2...`: true, "C:\\Windows\\Installer\\3f2…": true,
		`C:\Windows\Installer\xxxxxx.msi`: true, `C:\Windows\Installer\******.msi`: true, "***": true,
		"<REDACTED>": true, `[removed]`: true, `C:\Windows\Installer\<redacted>.msi`: true,

		`C:\Windows\Installer\..\evil.msi`: false, `C:\Windows\Installer\...\..\evil.msi`: false, `..\...`: false,
		`\\host\share\3f2a91.msi`: false, `C:\Windows\Installer\evil.msi`: false, `C:\Windows\Installer\`: false,
		`C:\Windows\Installer\..`: false, `\\host\...\x.msi`: false, "": false,
	} {
		if IsHidden(path) != want {
			t.Errorf("%q is %v", path, !want)
		}
	}
}

func FuzzRestored(f *testing.F) {
	f.Add(`C:WindowsInstaller3f2a91.msi`)
	f.Add(`\u0027C:\\Windows`)
	f.Fuzz(func(t *testing.T, path string) {
		if id := Restored(path, windows); id != "" && id != "?" && !isHex(id) {
			t.Errorf("%q gives %q", path, id)
		}
	})
}
