package winmachine

import (
	"slices"
	"testing"
)

// The names that Windows Installer gives to its keys, as seen in registries.
func TestPack(t *testing.T) {
	for code, packed := range map[string]string{
		"{F0C3E5D1-1ADE-321E-8167-68EF0DE699A5}": "1D5E3C0FEDA1E123187686FED06E995A",
		"{FFE6D16C-3F87-4192-AF94-DDBEFF165106}": "C61D6EFF78F32914FA49DDEBFF611560",
	} {
		if got, ok := pack(code); !ok || got != packed {
			t.Errorf("pack(%s) is %s, %v", code, got, ok)
		}
		if got, ok := unpack(packed); !ok || got != code {
			t.Errorf("unpack(%s) is %s, %v", packed, got, ok)
		}
		if got := asCode(packed); got != code {
			t.Errorf("asCode(%s) is %s", packed, got)
		}
	}
	for _, bad := range []string{"", "{}", "F0C3E5D1-1ADE-321E-8167-68EF0DE699A5",
		"{F0C3E5D1-1ADE-321E-8167-68EF0DE699AG}",
		"{F0C3E5D1-1ADE-321E-8167-68EF0DE699A55", "{F0C3E5D1+1ADE-321E-8167-68EF0DE699A5}",
		`{F0C3E5D1-1ADE-321E-8167-68EF0DE69\..}`} {
		if got, ok := pack(bad); ok {
			t.Errorf("pack(%q) is %s", bad, got)
		}
		if got, ok := unpack(bad); ok {
			t.Errorf("unpack(%q) is %s", bad, got)
		}
	}
	if got := asCode("{ffe6d16c-3f87-4192-af94-ddbeff165106}"); got != "{FFE6D16C-3F87-4192-AF94-DDBEFF165106}" {
		t.Errorf("a code in small letters is %s", got)
	}
}

func TestWithoutKind(t *testing.T) {
	for source, want := range map[string]string{
		`n;1;C:\Downloads\`: `C:\Downloads\`, `m;12;Disk 1`: `Disk 1`, `n;1;\\server\share;x\`: `\\server\share;x\`,
		`C:\Downloads\`: `C:\Downloads\`, `C:\a;b\`: `C:\a;b\`, `x;1;C:\`: `x;1;C:\`, `n;a;C:\`: `n;a;C:\`,
		`n;;C:\`: `n;;C:\`, `n;1`: `n;1`, ``: ``,
	} {
		if got := withoutKind(source); got != want {
			t.Errorf("%q: %q, want %q", source, got, want)
		}
	}
}

func TestImageIn(t *testing.T) {
	for command, want := range map[string]string{
		`"C:\Program Files\A B\x.exe" -k n`: `C:\Program Files\A B\x.exe`,
		`C:\Program Files\A B\x.EXE -k n`:   `C:\Program Files\A B\x.EXE`,
		`C:\windows\system32\svchost -k n`:  `C:\windows\system32\svchost`,
		`"C:\never closed.exe`:              `C:\never closed.exe`,
		`  x.exe `:                          `x.exe`,
		``:                                  ``,
		`"`:                                 ``,
	} {
		if got := imageIn(command); got != want {
			t.Errorf("%q: %q, want %q", command, got, want)
		}
	}
}

func TestFolders(t *testing.T) {
	var fs folders
	for _, dir := range []string{`C:\Windows\Temp`, `c:\windows\TEMP\`, ``, `C:\`, `c:\`, `.`, `C:\Users\a`, `\\`} {
		fs.add(dir)
	}
	if want := []string{`C:\Windows\Temp`, `C:\`, `C:\Users\a`}; !slices.Equal(fs, want) {
		t.Errorf("%q, want %q", fs, want)
	}
}
