/// The words the company is made of; some need quotes, some are not ASCII, as in real exports.
enum Names {
  static let businesses = [
    "Lakeside Dental", "Harbor View Hotel", "Peña & Sons Bakery", "Northgate Mall",
    "St. Brigid School",
    "Müller Brewing", "Cedar Ridge Apartments", "Riverside Clinic", "Union Street Lofts",
    "Quick Stop Market", "Evergreen Storage", "Bluebonnet Farms", "Summit Office Park",
    "Old Mill Theatre", "Pioneer Credit Union", "Café Olé", "Granite Logistics", "Willow Care Home",
    "Tidewater Marina", "Maple Leaf Condos",
  ]
  static let suffixes = ["", " LLC", ", Inc.", " Co.", " Holdings, LLC", " Group", " LP"]
  static let cities = [
    ("Dallas", "South", "75201"), ("Seattle", "Northwest", "98101"),
    ("Denver", "Mountain", "80202"),
    ("Orlando", "South", "32801"), ("Portland", "Northwest", "97201"), ("Boston", "East", "02108"),
  ]
  static let streets = ["Main St", "2nd Ave", "Industrial Blvd", "Oak St", "Harbor Way", "Mill Rd"]
  static let people = [
    "Anna Reyes", "Tom O'Brien", "Li Wei", "Grace Okafor", "José Núñez", "Kim Larsen", "Ravi Patel",
    "Maria Rossi", "Dan Kowalski", "Sofia Haddad", "Will Carter", "Mia Nguyen", "Ben Schäfer",
    "Ruth Adler", "Omar Diallo", "Eva Novák",
  ]
  static let managers = ["A. Reyes", "T. O'Brien", "G. Okafor", "K. Larsen", "R. Patel"]
  static let works = [
    "Rooftop unit replacement", "Panel upgrade, 200 A", "Boiler service", "Fire alarm retrofit",
    "Tenant fit-out", "Camera system", "Water heater", "Chiller overhaul", "LED lighting",
    "Access control, phase 2", "Emergency repair", "Backflow test", "Duct cleaning",
  ]
  static let categories: [(name: String, weight: Int)] = [
    ("Electrical", 30), ("Plumbing", 22), ("HVAC", 24), ("Controls", 10), ("Fasteners", 10),
    ("Equipment", 4),
  ]
  static let parts = [
    "Conduit, EMT 3/4\"", "Copper pipe 1/2\"", "Filter 20x25x4", "Breaker 20 A", "Thermostat",
    "Contactor 40 A", "Ball valve", "Wire THHN #12", "Capacitor 45/5", "Compressor", "Anchor kit",
    "Relay, 24 V", "Fan motor", "Junction box", "PVC elbow",
  ]
  static let units = ["ea", "ft", "box", "lb"]
  static let vendors = [
    "Acme Rentals", "City Permits", "Baker Crane, Inc.", "Delta Freight", "Ortiz Drywall",
  ]
  static let notes = [
    "Customer not on site, came back after lunch", "replaced filter", "Waiting for parts",
    "Said \"call first\" next time", "2nd visit", "Panel locked, key from front desk", "OK",
    "checked pressure, all good", "Überstunden approved by GO", "see photos", "no access to roof",
  ]
}
