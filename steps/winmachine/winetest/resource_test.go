//go:build linux

package winetest_test

import (
	"debug/pe"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// Kinds of resources. https://learn.microsoft.com/windows/win32/menurc/resource-types
const (
	resourceVersion  = 16
	resourceManifest = 24
)

// resource is the first resource of a kind in a program.
// https://learn.microsoft.com/windows/win32/debug/pe-format#the-rsrc-section
func resource(t *testing.T, exe string, kind uint32) []byte {
	t.Helper()
	f, err := pe.Open(exe)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	section := f.Section(".rsrc")
	if section == nil {
		t.Fatal("it has no resources")
	}
	data, err := section.Data()
	if err != nil {
		t.Fatal(err)
	}
	const isFolder = 1 << 31
	at, wanted := uint32(0), kind
	for range 3 { // a folder of kinds holds folders of names, these folders of languages
		entries := data[at+16:]
		n := binary.LittleEndian.Uint16(data[at+12:]) + binary.LittleEndian.Uint16(data[at+14:])
		found := false
		for ; n > 0 && !found; n, entries = n-1, entries[8:] {
			if id := binary.LittleEndian.Uint32(entries); wanted == 0 || id == wanted {
				at, found = binary.LittleEndian.Uint32(entries[4:])&^isFolder, true
			}
		}
		if !found {
			t.Fatalf("it has no resource of kind %d", kind)
		}
		wanted = 0
	}
	begin := binary.LittleEndian.Uint32(data[at:]) - section.VirtualAddress
	return data[begin:][:binary.LittleEndian.Uint32(data[at+4:])]
}

// Windows starts marsfix.exe with the rights of whoever starts it, in UTF-8 and with long paths.
func TestReleaseManifest(t *testing.T) {
	var m struct {
		XMLName  xml.Name `xml:"urn:schemas-microsoft-com:asm.v1 assembly"`
		Identity struct {
			Name string `xml:"name,attr"`
		} `xml:"assemblyIdentity"`
		Level struct {
			Level    string `xml:"level,attr"`
			UIAccess string `xml:"uiAccess,attr"`
		} `xml:"trustInfo>security>requestedPrivileges>requestedExecutionLevel"`
		CodePage string `xml:"application>windowsSettings>activeCodePage"`
		LongPath string `xml:"application>windowsSettings>longPathAware"`
	}
	text := resource(t, ready(t, released), resourceManifest)
	if err := xml.Unmarshal(text, &m); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if m.Identity.Name != "marsfix" || m.Level.Level != "asInvoker" || m.Level.UIAccess != "false" ||
		m.CodePage != "UTF-8" || m.LongPath != "true" {
		t.Errorf("the manifest reads %+v:\n%s", m, text)
	}
}

// What Explorer shows of marsfix.exe, in the properties of the file.
func TestReleaseVersion(t *testing.T) {
	data := resource(t, ready(t, released), resourceVersion)
	root, _ := versionBlock(t, data)
	const signature = 0xFEEF04BD // of VS_FIXEDFILEINFO
	if root.key != "VS_VERSION_INFO" || len(root.value) < 16 || binary.LittleEndian.Uint32(root.value) != signature {
		t.Fatalf("the version resource begins with %q and % x", root.key, root.value)
	}
	version := releasedVersion(t)
	parts := func(at int) string {
		high, low := binary.LittleEndian.Uint32(root.value[at:]), binary.LittleEndian.Uint32(root.value[at+4:])
		return fmt.Sprintf("%d.%d.%d.%d", high>>16, high&0xffff, low>>16, low&0xffff)
	}
	if file, product := parts(8), parts(16); file != version+".0" || product != version+".0" {
		t.Errorf("its numbers are %s and %s, want %s.0", file, product, version)
	}
	texts := root.texts(t)
	for name, want := range map[string]string{"ProductName": "marsfix", "FileDescription": "marsfix",
		"OriginalFilename": "marsfix.exe",
		"FileVersion":      version + ".0", "ProductVersion": version + ".0"} {
		if texts[name] != want {
			t.Errorf("%s is %q, want %q; all: %q", name, texts[name], want, texts)
		}
	}
}

// releasedVersion is the number of the version that marsfix says it has.
func releasedVersion(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^\tversion = "(.*)"$`).FindSubmatch(source)
	if m == nil {
		t.Fatal("main.go names no version")
	}
	number, _, _ := strings.Cut(string(m[1]), "-")
	return number
}

// block is a node of a version resource: a key, a value and more nodes.
// https://learn.microsoft.com/windows/win32/menurc/vs-versioninfo
type block struct {
	key             string
	value, children []byte
	text            bool
}

// versionBlock takes the first node apart, and gives what follows it.
func versionBlock(t *testing.T, data []byte) (b block, rest []byte) {
	t.Helper()
	if len(data) < 6 || binary.LittleEndian.Uint16(data) < 6 {
		t.Fatalf("no node of a version resource begins with % x", data)
	}
	length, size := int(binary.LittleEndian.Uint16(data)), int(binary.LittleEndian.Uint16(data[2:]))
	b.text = binary.LittleEndian.Uint16(data[4:]) == 1
	if b.text {
		size *= 2 // counted in characters
	}
	end := 6
	for end+2 <= length && (data[end] != 0 || data[end+1] != 0) {
		end += 2
	}
	b.key = wideText(data[6:end])
	at := aligned(end + 2)
	if length > len(data) || at+size > length {
		t.Fatalf("the node %q of the version resource is cut off", b.key)
	}
	b.value = data[at : at+size]
	b.children = data[min(aligned(at+size), length):length]
	return b, data[min(aligned(length), len(data)):]
}

func aligned(n int) int { return (n + 3) &^ 3 }

// texts are all named texts below a node.
func (b block) texts(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for rest := b.children; len(rest) > 0; {
		var child block
		child, rest = versionBlock(t, rest)
		if child.text && len(child.value) > 0 {
			found[child.key] = strings.TrimRight(wideText(child.value), "\x00")
		}
		maps.Copy(found, child.texts(t))
	}
	return found
}

func wideText(data []byte) string {
	var units []uint16
	for pair := range slices.Chunk(data, 2) {
		units = append(units, binary.LittleEndian.Uint16(pair))
	}
	return string(utf16.Decode(units))
}
