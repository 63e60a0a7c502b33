package main

import (
	"fmt"
	"strings"
)

const (
	wingetID     = "marsfix.marsfix"
	wingetSchema = "1.9.0" // https://learn.microsoft.com/windows/package-manager/package/manifest
)

// winget writes the three files of a manifest: the zip holds a portable program.
func (r release) winget() error {
	var installers strings.Builder
	for _, p := range programs {
		name := r.zipName(p.arch)
		sum, err := r.sum(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(&installers, "- Architecture: %s\n  InstallerUrl: %s/%s\n  InstallerSha256: %s\n", p.winget, r.url,
			name, strings.ToUpper(sum))
	}
	for name, text := range map[string]string{
		".yaml": r.manifest("version", "DefaultLocale: en-US\n"),
		".installer.yaml": r.manifest("installer", `MinimumOSVersion: 10.0.14393.0
InstallerType: zip
NestedInstallerType: portable
NestedInstallerFiles:
- RelativeFilePath: marsfix.exe
  PortableCommandAlias: marsfix
Installers:
`+installers.String()),
		".locale.en-US.yaml": r.manifest("defaultLocale", `PackageLocale: en-US
Publisher: marsfix
PackageName: marsfix
License: See the publisher
ShortDescription: Puts a lost package back so that the upgrade of Microsoft's MARS Agent stops failing with error 1612 (KB 4020490)
`),
	} {
		if err := r.write("winget/"+wingetID+name, []byte(text)); err != nil {
			return err
		}
	}
	return nil
}

// manifest is one file of it, of a kind.
func (r release) manifest(kind, body string) string {
	schema := strings.ToLower(kind[:1]) + kind[1:]
	return fmt.Sprintf("# yaml-language-server: $schema=https://aka.ms/winget-manifest.%s.%s.schema.json\nPackageIdentifier: %s\nPackageVersion: %s\n%sManifestType: %s\nManifestVersion: %s\n",
		schema, wingetSchema, wingetID, r.version, body, kind, wingetSchema)
}
