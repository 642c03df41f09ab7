// swift-tools-version: 6.2
import PackageDescription

var settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]
#if arch(x86_64)
  // Processors since 2015: counting and finding bits in one instruction, 32 bytes compared at once.
  settings.append(.unsafeFlags(["-Xcc", "-march=x86-64-v3"]))
#endif

let package = Package(
  name: "tieout",
  products: [
    .executable(name: "tieout", targets: ["tieout"]),
    // For the benchmarks, a package of their own.
    .library(name: "Measures", targets: ["Measures"]),
    .library(name: "Ledger", targets: ["Ledger"]),
    .library(name: "Importing", targets: ["Importing"]),
    .library(name: "Billing", targets: ["Billing"]),
    .library(name: "Reporting", targets: ["Reporting"]),
    .library(name: "Exporting", targets: ["Exporting"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    .target(name: "Measures", swiftSettings: settings),
    .target(name: "Ledger", dependencies: ["Measures"], swiftSettings: settings),
    .target(
      name: "Importing",
      dependencies: [
        "CGlibc", "CVector", "Ledger", "Measures", "TOMLKit",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: settings),
    .target(name: "Billing", dependencies: ["Ledger", "Measures"], swiftSettings: settings),
    .target(
      name: "Reporting", dependencies: ["Billing", "Ledger", "Measures"], swiftSettings: settings),
    .systemLibrary(
      name: "CXlsxWriter", pkgConfig: "xlsxwriter",
      providers: [.apt(["libxlsxwriter-dev", "zlib1g-dev"])]),
    .systemLibrary(name: "CGlibc"),
    .systemLibrary(name: "CVector"),
    .target(
      name: "Exporting", dependencies: ["Reporting", "Measures", "CXlsxWriter", "CGlibc"],
      swiftSettings: settings),
    .target(
      name: "Storage",
      dependencies: [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "tieout",
      dependencies: [
        "Measures", "Ledger", "Importing", "Storage", "Billing", "Reporting", "Exporting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .testTarget(name: "MeasuresTests", dependencies: ["Measures"], swiftSettings: settings),
    .testTarget(
      name: "ImportingTests", dependencies: ["Importing", "Ledger", "Measures"],
      swiftSettings: settings),
    .testTarget(
      name: "BillingTests", dependencies: ["Billing", "Ledger", "Measures", "Reporting"],
      swiftSettings: settings),
    .testTarget(
      name: "ExportingTests", dependencies: ["Exporting", "Reporting", "Measures"],
      swiftSettings: settings),
    .testTarget(
      name: "TieoutTests",
      dependencies: [
        "tieout", "Billing", "Importing", "Ledger", "Measures", "Reporting", "Storage",
      ],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
